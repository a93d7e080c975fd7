import { peopleReads, peopleWrites } from '../../db/people.ts'
import { closeWriter, openWriter } from '../../db/open.ts'
import { hashSecret } from '../../server/secrets.ts'

/** Known to everybody who reads this: for people who do not exist, on a hub that is not reached from outside. */
export const DEMO_PASSWORD = 'timetrack-demo'
export const DEMO_PIN = '1234'
/** 40 hours from Monday to Friday. */
const TARGET_MINUTES = [480, 480, 480, 480, 480, 0, 0]

/** Lets the people of a demo database log in; the first of them looks after it. Resolves with that one's handle. */
export async function letDemoPeopleIn(file: string): Promise<string> {
  const [password, pin] = await Promise.all([hashSecret(DEMO_PASSWORD), hashSecret(DEMO_PIN)])
  const sql = openWriter(file)
  try {
    const db = { sql, touch: () => undefined, changed: () => undefined }
    const people = { ...peopleReads(sql), ...peopleWrites(db) }
    const all = people.all()
    sql.transaction(() => {
      for (const [place, person] of all.entries()) {
        const role = place === 0 ? ('admin' as const) : ('member' as const)
        people.change({ ...person, role, target_minutes: JSON.stringify(TARGET_MINUTES) })
        people.setPassword(person.id, password)
        people.setPin(person.id, pin)
      }
    })()
    return all[0]?.handle ?? ''
  } finally {
    closeWriter(sql)
  }
}
