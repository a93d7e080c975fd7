import { readonly, ref } from 'vue'
import { recall, remember } from '../../storage.ts'
import { type Step, isStep } from './scale.ts'

export const VOLUMES = ['off', 'quiet', 'loud'] as const
export type Volume = (typeof VOLUMES)[number]

const isVolume = (value: unknown): value is Volume => VOLUMES.some((one) => one === value)

const remembered = { step: recall('kiosk.scale'), volume: recall('kiosk.sound') }
const chosenStep = ref<Step>(isStep(remembered.step) ? remembered.step : 0)
const chosenVolume = ref<Volume>(isVolume(remembered.volume) ? remembered.volume : 'quiet')

/** What this screen on the wall is set to, whoever stands before it. */
export const step = readonly(chosenStep)
export const volume = readonly(chosenVolume)

export function chooseStep(next: Step): void {
  chosenStep.value = next
  remember('kiosk.scale', next)
}

export function chooseVolume(next: Volume): void {
  chosenVolume.value = next
  remember('kiosk.sound', next)
}
