import { expect } from '@playwright/test'
import type { FieldDay, FieldEvent } from './field-day.ts'

/** Which answers get lost on the way: the agent sends such an event again, in its next round. */
const isLost = (index: number): boolean => index % 17 === 3

/** `2026-03-17T07:58:03.104233`: Python's isoformat of a local time, which knows no offset. */
function naive(day: string, us: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = us / 1e6
  const fraction = us % 1e6 === 0 ? '' : `.${String(us % 1e6).padStart(6, '0')}`
  return `${day}T${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
}

function request({ user, machine, device }: FieldDay, event: FieldEvent): { path: string; body: object } {
  const common = {
    timestamp_start: naive(event.day, event.from),
    timestamp_end: naive(event.day, event.to),
    duration_seconds: Math.floor(event.ms / 1000),
    machine_id: machine,
    device_id: device,
    user_id: user,
  }
  if (event.kind === 'window')
    return {
      path: '/events/window',
      body: { ...common, window_title: event.title, process_name: event.app },
    }
  const { number, contact, direction } = event
  return {
    path: '/events/phone',
    body: { ...common, phone_number: number, contact_name: contact, direction },
  }
}

async function send(url: string, { path, body }: { path: string; body: object }): Promise<number> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  expect(response.status, text).toBe(201)
  return (JSON.parse(text) as { id: number }).id
}

/** Sends a day as the tray agent and the call logger do: one event a request, oldest first. */
export async function replay(url: string, day: FieldDay): Promise<void> {
  const ids = new Set<number>()
  for (const [index, event] of day.events.entries()) {
    const sent = request(day, event)
    const id = await send(url, sent)
    if (isLost(index)) expect(await send(url, sent), 'the same event is the same event').toBe(id)
    ids.add(id)
  }
  expect(ids.size, 'every event is stored on its own').toBe(day.events.length)
}

/** One more look at a window, as while a page is open. */
export async function report(url: string, day: FieldDay, event: FieldEvent): Promise<number> {
  return send(url, request(day, event))
}
