import type { System } from '../../../contract/system.ts'
import { t } from '../../i18n/index.ts'
import { moment, size, threadName } from './words.ts'

export type Fact = { name: string; value: string; tone?: 'ok' | 'bad' | undefined; note?: string | undefined }

export function databaseFacts({ database, now }: System): Fact[] {
  const { bytes, walBytes, diskFreeBytes, migration, backup } = database
  return [
    { name: t('system.database.size'), value: size(bytes) },
    { name: t('system.database.wal'), value: size(walBytes) },
    {
      name: t('system.database.free'),
      value: diskFreeBytes === null ? t('system.database.unknown') : size(diskFreeBytes),
    },
    backup === null
      ? { name: t('system.database.backup'), value: t('system.database.backup.none') }
      : { name: t('system.database.backup'), value: moment(backup.at, now), note: size(backup.bytes) },
    migration === null
      ? { name: t('system.database.migration'), value: t('system.database.migration.none') }
      : {
          name: t('system.database.migration'),
          value: moment(migration.at, now),
          note: t('system.database.migration.from', { from: migration.from, to: migration.to }),
        },
  ]
}

export function programFacts({ server, versions, zone }: System): Fact[] {
  const threads = server.threads.map(({ name, state, restarts, lastReason }): Fact => ({
    name: threadName(name),
    value: t(`system.thread.${state}`),
    tone: state === 'ok' ? 'ok' : 'bad',
    note:
      restarts === 0
        ? undefined
        : [t('system.thread.replaced', {}, restarts), lastReason].filter(Boolean).join(': '),
  }))
  const programs = [
    ['TimeTrack', versions.app],
    ['Electron', versions.electron],
    ['Node', versions.node.replace(/^v/, '')],
    ['SQLite', versions.sqlite],
  ] as const
  return [
    ...threads,
    ...programs.flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
    { name: t('system.program.schema'), value: String(versions.schema) },
    { name: t('system.program.zone'), value: zone },
  ]
}
