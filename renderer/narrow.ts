import { type Ref, onScopeDispose, readonly, ref } from 'vue'

/** As in the style sheets: up to here a page is one column. */
const NARROW = '(max-width: 720px)'

/** Whether the page is as narrow as a phone, or as `width` says, for what is another page then and not only other styles. */
export function useNarrow(width = NARROW): Readonly<Ref<boolean>> {
  const media = window.matchMedia(width)
  const isNarrow = ref(media.matches)
  const follow = () => (isNarrow.value = media.matches)
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return readonly(isNarrow)
}
