import { z } from 'zod'
import { call } from './call.ts'

/** What makes one session of many events (DESIGN section 6). */
export const SessionSettings = z.strictObject({
  gapSeconds: z.int().min(30).max(3600).describe('a pause up to this continues a session'),
  breakSeconds: z.int().min(0).max(3600).describe('a longer pause inside a session counts as a break'),
  smallSeconds: z.int().min(0).max(3600).describe('shorter sessions are small change of their hour'),
  similarity: z
    .number()
    .min(0)
    .max(1)
    .describe('how alike titles must be: 1 − edit distance / length of the longer one'),
})
export type SessionSettings = z.infer<typeof SessionSettings>

const Mb = z.int().min(64).max(4096)

/**
 * What the parts of the product may hold, MB (DESIGN section 9): heaps bound what JavaScript allocates, the
 * caps what a process holds of its own. Over a soft cap it is replaced at a quiet moment, over a hard one ended.
 */
export const MemorySettings = z.strictObject({
  serverHeapMb: Mb,
  serverSoftMb: Mb,
  serverHardMb: Mb,
  rendererHeapMb: Mb,
  rendererSoftMb: Mb,
  rendererHardMb: Mb,
  totalSoftMb: Mb,
  totalHardMb: Mb,
})
export type MemorySettings = z.infer<typeof MemorySettings>

/** Who reaches the hub (DESIGN section 7). */
export const AccessSettings = z.strictObject({
  ingest: z
    .enum(['paired', 'open'])
    .describe('open: whoever is in the LAN may record events, without a token; never read'),
  hosts: z
    .array(z.string().regex(/^[a-z0-9.-]{1,253}$/, 'must be a host name in lower case'))
    .max(20)
    .describe('names under which browsers find the hub, beside its addresses, localhost and its own name'),
})
export type AccessSettings = z.infer<typeof AccessSettings>

export const Settings = z.strictObject({
  sessions: SessionSettings,
  memory: MemorySettings,
  access: AccessSettings,
  kiosk: z.strictObject({
    showsPresence: z.boolean().describe('the idle screen says who is in'),
    darkAfterMinutes: z.int().min(0).max(1440).describe('without a touch the screen goes dark; 0: never'),
  }),
})
export type Settings = z.infer<typeof Settings>

export const settingsCalls = {
  'settings.get': call({
    method: 'get',
    path: '/api/settings',
    tag: 'Settings',
    summary: 'Settings of the hub',
    access: 'member',
    answer: Settings,
  }),
  'settings.change': call({
    method: 'patch',
    path: '/api/settings',
    tag: 'Settings',
    summary: 'Change settings; what is left out stays as it is',
    access: 'admin',
    about:
      'Other settings for sessions make all sessions anew, in the background. Limits of memory are in force after the next start of the hub.',
    body: z.strictObject({
      sessions: SessionSettings.partial().optional(),
      memory: MemorySettings.partial().optional(),
      access: AccessSettings.partial().optional(),
      kiosk: Settings.shape.kiosk.partial().optional(),
    }),
    answer: Settings,
  }),
} as const
