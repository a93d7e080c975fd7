import { computed, ref, shallowRef, watch } from 'vue'

/** Which row the keys act on, and which rows are chosen together. */
export function useSelection(ids: () => readonly string[]) {
  const current = ref<string | null>(null)
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  const anchor = ref<string | null>(null)

  const selected = computed(() => ids().filter((id) => chosen.value.has(id)))

  // When the current row leaves, the one that moves up into its place is next.
  watch(
    ids,
    (now, before) => {
      const id = current.value
      if (id !== null && now.includes(id)) return
      const at = id === null ? 0 : Math.max(0, (before ?? []).indexOf(id))
      current.value = now[Math.min(at, now.length - 1)] ?? null
    },
    { immediate: true },
  )

  function move(by: number): void {
    const all = ids()
    const at = current.value === null ? -1 : all.indexOf(current.value)
    current.value = all[Math.min(all.length - 1, Math.max(0, at + by))] ?? null
  }

  function toggle(id: string): void {
    const next = new Set(selected.value)
    if (!next.delete(id)) next.add(id)
    chosen.value = next
    anchor.value = current.value = id
  }

  /** From the row chosen last to this one. */
  function extend(id: string): void {
    const all = ids()
    const from = all.indexOf(anchor.value ?? current.value ?? id)
    const to = all.indexOf(id)
    const range = all.slice(Math.min(from, to), Math.max(from, to) + 1)
    chosen.value = new Set([...selected.value, ...range])
    current.value = id
  }

  function all(): void {
    chosen.value = new Set(ids())
  }

  function clear(): void {
    chosen.value = new Set()
    anchor.value = null
  }

  return { current, selected, move, toggle, extend, all, clear }
}
