import { type Component, defineAsyncComponent, onMounted } from 'vue'

type Load<C extends Component> = () => Promise<{ default: C }>

/**
 * A component that comes when it is first shown. Where it does not come, because the hub went away, `failed` has to
 * put things back as if it had not been asked for.
 */
export function lazily<C extends Component>(load: Load<C>, failed: () => void): C {
  return defineAsyncComponent<C>({
    loader: () => load().then((module) => module.default),
    onError: (_error, _retry, fail) => {
      failed()
      fail()
    },
  })
}

/** Runs once what is there now is on the screen. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work))
}

/** Loads what will be needed, once what is asked for is on the screen: so it is there at once, also without the hub. */
export function loadAfterPaint(load: () => Promise<unknown>): void {
  // What does not come now is asked for again when it is needed.
  afterPaint(() => void load().catch(() => undefined))
}

/** Where the browser cannot say that it has nothing else to do. */
const PAUSE = 200

/** Loads what will be needed one after the other, while nothing else is to do: so it is there also without the hub. */
export function loadSoon(...loads: (() => Promise<unknown>)[]): void {
  const next = () => {
    const load = loads.shift()
    // What does not come now is asked for again when it is needed.
    if (load) void load().then(wait, () => undefined)
  }
  const wait = () =>
    void ('requestIdleCallback' in globalThis ? requestIdleCallback(next) : setTimeout(next, PAUSE))
  onMounted(wait)
}
