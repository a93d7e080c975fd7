import { computed, ref, shallowRef, watch } from 'vue'

/**
 * Which row the keys act on, and which rows are chosen together. `heirs` says what became of a row that left
 * because it was split or joined elsewhere: what was chosen stays chosen.
 */
export function useSelection(
  ids: () => readonly string[],
  isSelectable: (id: string) => boolean = () => true,
  heirs: (id: string) => readonly string[] = () => [],
) {
  const current = ref<string | null>(null)
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  const anchor = ref<string | null>(null)

  const selectable = computed(() => ids().filter(isSelectable))
  const selected = computed(() => selectable.value.filter((id) => chosen.value.has(id)))

  watch(
    ids,
    (now, before) => {
      const here = new Set(now)
      const gone = [...chosen.value].filter((id) => !here.has(id))
      if (gone.length > 0)
        chosen.value = new Set([...chosen.value].flatMap((id) => (here.has(id) ? id : heirs(id))))
      const id = current.value
      if (id !== null && here.has(id)) return
      current.value =
        (id === null ? undefined : heirs(id).find((heir) => here.has(heir))) ?? next(now, before)
    },
    { immediate: true },
  )

  /** When the current row leaves, the one that moves up into its place is next. */
  function next(now: readonly string[], before: readonly string[] | undefined): string | null {
    const at = current.value === null ? 0 : Math.max(0, (before ?? []).indexOf(current.value))
    return now[Math.min(at, now.length - 1)] ?? null
  }

  function move(by: number): void {
    const all = ids()
    const at = current.value === null ? -1 : all.indexOf(current.value)
    current.value = all[Math.min(all.length - 1, Math.max(0, at + by))] ?? null
  }

  function toggle(id: string): void {
    if (!isSelectable(id)) return
    const next = new Set(selected.value)
    if (!next.delete(id)) next.add(id)
    chosen.value = next
    anchor.value = current.value = id
  }

  /** From the row chosen last to this one. */
  function extend(id: string): void {
    const all = selectable.value
    const from = all.indexOf(anchor.value ?? current.value ?? id)
    const to = all.indexOf(id)
    const range = all.slice(Math.min(from, to), Math.max(from, to) + 1)
    chosen.value = new Set([...selected.value, ...range])
    current.value = id
  }

  function choose(more: readonly string[]): void {
    chosen.value = new Set([...selected.value, ...more.filter(isSelectable)])
  }

  function clear(): void {
    chosen.value = new Set()
    anchor.value = null
  }

  return { current, selected, move, toggle, extend, choose, all: () => choose(ids()), clear }
}
