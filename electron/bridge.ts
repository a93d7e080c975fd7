import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { channels, Dark, Touch, type ShellInfo, type ShellState } from '../contract/bridge.ts'
import { SPLASH_ORIGIN } from './origins.ts'

export type BridgeParts = {
  ipc: Pick<IpcMain, 'handle' | 'on'>
  contents: WebContents
  /** Whether a page of this origin may speak at all. */
  isOurs: (origin: string) => boolean
  info: ShellInfo
  state: () => ShellState
  startAgain: () => void
  touched: (touch: Touch) => void
  darkened: (dark: boolean) => void
  log: (fields: object, message: string) => void
}

type Sent = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>

/** Whether a message comes from the main frame of our window, at an origin that may send it. */
export function isFromOurPage(
  { sender, senderFrame }: Sent,
  contents: WebContents,
  isOurs: (origin: string) => boolean,
): boolean {
  // A frame that is gone already, or was replaced while its message was on the way, is null.
  if (sender !== contents || !senderFrame || senderFrame.parent !== null) return false
  return isOurs(senderFrame.origin)
}

/** Main's side of contract/bridge.ts. */
export function answerPage(parts: BridgeParts): void {
  const { ipc, contents, isOurs, log } = parts
  const isFrom = (event: Sent, channel: string, mayBe: (origin: string) => boolean) => {
    const isGood = isFromOurPage(event, contents, mayBe)
    if (!isGood) log({ channel }, 'Refused a message from elsewhere')
    return isGood
  }
  const answer = <T>(channel: string, mayBe: (origin: string) => boolean, give: () => T) =>
    ipc.handle(channel, (event) => {
      if (!isFrom(event, channel, mayBe)) throw new Error('not for this page')
      return give()
    })
  answer(channels.info, isOurs, () => parts.info)
  answer(channels.state, isOurs, parts.state)
  answer(channels.startAgain, (origin) => origin === SPLASH_ORIGIN, parts.startAgain)

  ipc.on(channels.touched, (event, value: unknown) => {
    const touch = Touch.safeParse(value)
    if (touch.success && isFrom(event, channels.touched, isOurs)) parts.touched(touch.data)
  })
  ipc.on(channels.darkened, (event, value: unknown) => {
    const dark = Dark.safeParse(value)
    if (dark.success && isFrom(event, channels.darkened, isOurs)) parts.darkened(dark.data)
  })
}

/** Tells the page, if there is one: its process may be gone. */
export function tellPage(contents: WebContents, channel: string, value: unknown): void {
  if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(channel, value)
}
