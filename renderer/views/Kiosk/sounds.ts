import { volume } from './settings.ts'

/** Frequencies in Hz, one after the other: up for coming, down for leaving, low for what went wrong. */
const MELODIES = { in: [660, 990], out: [880, 587], error: [196, 185] } as const
export type Sound = keyof typeof MELODIES

const LOUDNESS = { off: 0, quiet: 0.06, loud: 0.25 } as const
const NOTE = 0.11
const FADE = 0.02

let audio: AudioContext | null = null

/** Always beside words, an icon and a colour: not everybody hears it, and not every kiosk has a speaker. */
export function play(sound: Sound): void {
  const loudness = LOUDNESS[volume.value]
  if (loudness === 0 || typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  // Browsers begin to play with the first touch, and badges touch nothing.
  void audio.resume().catch(() => undefined)
  const begin = audio.currentTime
  for (const [place, frequency] of MELODIES[sound].entries())
    playNote(audio, frequency, begin + place * NOTE, loudness, sound === 'error' ? 'square' : 'sine')
}

function playNote(to: AudioContext, frequency: number, at: number, loudness: number, type: OscillatorType) {
  const [tone, gain] = [to.createOscillator(), to.createGain()]
  tone.type = type
  tone.frequency.value = frequency
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(loudness, at + FADE)
  gain.gain.linearRampToValueAtTime(0, at + NOTE)
  tone.connect(gain).connect(to.destination)
  tone.start(at)
  tone.stop(at + NOTE)
}
