import { contextBridge, ipcRenderer } from 'electron'
import { channels, Dark, ShellInfo, ShellState, type Bridge } from '../contract/bridge.ts'
import { swallowWhenDark } from './swallow.ts'

/** A finger that moves along says so every few seconds, not at every event. */
const TOUCH_EVERY_MS = 2000

/** Messages of one kind, validated, without handing the page anything of Electron's. */
function listen<T>(channel: string, shape: { parse: (value: unknown) => T }, listener: (value: T) => void) {
  const receive = (_event: unknown, value: unknown) => listener(shape.parse(value))
  ipcRenderer.on(channel, receive)
  return () => void ipcRenderer.off(channel, receive)
}

const bridge = {
  info: async () => ShellInfo.parse(await ipcRenderer.invoke(channels.info)),
  state: async () => ShellState.parse(await ipcRenderer.invoke(channels.state)),
  onState: (listener) => listen(channels.stateChanged, ShellState, listener),
  startAgain: async () => void (await ipcRenderer.invoke(channels.startAgain)),
  onDark: (listener) => listen(channels.dark, Dark, listener),
} satisfies Bridge

contextBridge.exposeInMainWorld('timetrack', bridge)

let told = -Infinity
const { setDark } = swallowWhenDark(
  window,
  (woke) => {
    const now = performance.now()
    if (!woke && now - told < TOUCH_EVERY_MS) return
    told = now
    ipcRenderer.send(channels.touched, { woke })
  },
  () => performance.now(),
)

listen(channels.dark, Dark, (dark) => {
  setDark(dark)
  // After the cover has been drawn: only then may the display go off.
  requestAnimationFrame(() => requestAnimationFrame(() => ipcRenderer.send(channels.darkened, dark)))
})
