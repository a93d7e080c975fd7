import type { Component } from 'vue'

export type MenuItem<Id extends string> = {
  id: Id
  label: string
  icon?: Component
  /** the key that does the same */
  key?: string
  bad?: boolean
}
