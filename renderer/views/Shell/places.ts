import {
  Activity,
  CalendarDays,
  Clock3,
  Download,
  FolderKanban,
  Search,
  UserCheck,
  Users,
  Wand2,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { MessageKey } from '../../i18n/index.ts'

/** `aside`: for whoever looks after the hub. Those of `desk` and `aside` are behind "More" on phones. */
type Place = {
  name: string
  label: MessageKey
  icon: Component
  desk?: boolean
  aside?: boolean
  /** Others would only be told that it is not theirs. */
  admin?: boolean
}

export const PLACES: readonly Place[] = [
  { name: 'day', label: 'nav.day', icon: Clock3 },
  { name: 'week', label: 'nav.week', icon: CalendarDays },
  { name: 'attendance', label: 'nav.attendance', icon: UserCheck },
  { name: 'search', label: 'nav.search', icon: Search, desk: true },
  { name: 'rules', label: 'nav.rules', icon: Wand2, desk: true },
  { name: 'projects', label: 'nav.projects', icon: FolderKanban },
  { name: 'export', label: 'nav.export', icon: Download, desk: true },
  { name: 'people', label: 'nav.people', icon: Users, aside: true, admin: true },
  { name: 'system', label: 'nav.system', icon: Activity, aside: true, admin: true },
]
