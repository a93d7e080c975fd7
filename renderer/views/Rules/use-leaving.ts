import { type Ref, onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { type RouteLocationNormalized, onBeforeRouteLeave, onBeforeRouteUpdate, useRouter } from 'vue-router'

/** Asks once before changes are thrown away: by another rule or page, or with the window. */
export function useLeaving(isChanged: Ref<boolean>, discard: () => void) {
  const router = useRouter()
  /** where somebody wants to go, while it is asked */
  const leaving = shallowRef<RouteLocationNormalized | null>(null)

  function guard(to: RouteLocationNormalized): boolean {
    if (!isChanged.value || leaving.value !== null) return true
    leaving.value = to
    return false
  }

  function go() {
    const to = leaving.value
    discard()
    leaving.value = null
    if (to) void router.push(to.fullPath)
  }

  function stay() {
    leaving.value = null
  }

  function unload(event: BeforeUnloadEvent) {
    if (isChanged.value) event.preventDefault()
  }

  onBeforeRouteLeave(guard)
  onBeforeRouteUpdate(guard)
  onMounted(() => window.addEventListener('beforeunload', unload))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', unload))

  return { leaving, go, stay }
}
