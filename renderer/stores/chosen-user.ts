import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { recall, remember } from '../storage.ts'
import { usePeople } from './people.ts'

/** Whose time is shown: whom the address names, else whom this browser remembers, else who was active last. */
export function useChosenUser() {
  const route = useRoute()
  const router = useRouter()
  const people = usePeople()

  const user = computed(() => {
    const named = route.query['user']
    if (typeof named === 'string' && people.byHandle.has(named)) return named
    const kept = recall('user')
    if (typeof kept === 'string' && people.byHandle.has(kept)) return kept
    return people.latest?.handle ?? people.all.at(0)?.handle ?? null
  })

  /** The same, and before it is known who there is, whoever is named: likely enough to be asked for. */
  const likely = computed(() => {
    if (people.state === 'ready') return user.value
    const named = route.query['user'] ?? recall('user')
    return typeof named === 'string' ? named : null
  })

  function choose(handle: string): void {
    remember('user', handle)
    void router.push({ query: { ...route.query, user: handle } })
  }

  return { user, likely, choose }
}
