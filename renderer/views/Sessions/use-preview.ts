import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { SessionSettings } from '../../../contract/settings.ts'
import { type Day, addDays } from '../../../contract/time.ts'
import { ask } from '../../api.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { useChosenUser } from '../../stores/chosen-user.ts'
import { usePeople } from '../../stores/people.ts'
import { type Previewed, busyDay } from './preview.ts'

/** Wait for the end of a number before the hub is asked. */
const PAUSE = 250

/** What settings make of a real day of the person: as it is, and as it would be. */
export function usePreview(settings: () => SessionSettings | null) {
  const people = usePeople()
  const { user } = useChosenUser()
  const day = ref<Day | null>(null)
  const before = shallowRef<Previewed[] | null>(null)
  const after = shallowRef<Previewed[] | null>(null)
  const failure = ref<string | null>(null)
  const isEmpty = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const whom = () => ({ user: user.value ?? '' })

  /** A day of this week or of the one before, of the last that the person worked in. */
  async function choose(): Promise<Day | null> {
    await people.load()
    const last = people.byHandle.get(user.value ?? '')?.lastEvent?.slice(0, 10)
    if (last === undefined) return null
    const weeks = await Promise.all(
      [addDays(last, -7), last].map((one) => ask('weeks.get', { day: one, ...whom() })),
    )
    return busyDay(weeks.flatMap(({ days }) => days).filter((one) => one.day <= last))
  }

  async function start(): Promise<void> {
    failure.value = null
    try {
      day.value = await choose()
      if (day.value === null) isEmpty.value = true
      else before.value = (await ask('sessions.preview', { day: day.value, ...whom() })).sessions
    } catch (error) {
      failure.value = reasonOf(error)
    }
    await show()
  }

  async function show(): Promise<void> {
    const wanted = settings()
    if (day.value === null || wanted === null) return
    const mine = ++asked
    try {
      const { sessions } = await ask('sessions.preview', {
        day: day.value,
        ...whom(),
        ...Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, String(value)])),
      })
      if (mine !== asked) return
      after.value = sessions
      failure.value = null
    } catch (error) {
      if (mine === asked) failure.value = reasonOf(error)
    }
  }

  watch(settings, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void show(), PAUSE)
  })
  onScopeDispose(() => clearTimeout(timer))
  void start()

  return { day, user, before, after, failure, isEmpty, retry: start }
}
