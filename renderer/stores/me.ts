import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Answer, Request } from '../../contract/calls.ts'
import { ask } from '../api.ts'

/** Who is logged in in this browser. */
export const useMe = defineStore('me', () => {
  const me = shallowRef<Answer<'me.get'> | null>(null)
  const user = computed(() => me.value?.user ?? null)
  /** Whether pages for whoever looks after the hub are of any use. */
  const isAdmin = computed(() => user.value?.role === 'admin')

  async function load(): Promise<void> {
    // Silence is for the pages to tell, which ask for more than this.
    me.value = await ask('me.get').catch(() => me.value)
  }

  async function logIn(request: Request<'login.password'>): Promise<void> {
    me.value = await ask('login.password', request)
  }

  async function logInByCode(code: string): Promise<void> {
    me.value = await ask('login.qr', { code })
  }

  async function setUp(request: Request<'setup.finish'>): Promise<void> {
    me.value = await ask('setup.finish', request)
  }

  async function logOut(): Promise<void> {
    await ask('login.end')
    me.value = null
  }

  return { me, user, isAdmin, load, logIn, logInByCode, setUp, logOut }
})
