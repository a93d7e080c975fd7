/** Runs for about a millisecond. */
function spin(): number {
  const start = performance.now()
  let sum = 0
  for (let n = 0; n < 1e6; n++) sum += n % 7
  return sum < 0 ? 0 : performance.now() - start
}

const MEASURED_MS = 1500

/**
 * How much slower this machine is than it could be, because of what else runs on it: how long short work takes on
 * average, by how long it takes when nothing comes between.
 */
export function busyness(): number {
  const times: number[] = []
  const end = performance.now() + MEASURED_MS
  while (performance.now() < end) times.push(spin())
  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  return average / Math.min(...times)
}
