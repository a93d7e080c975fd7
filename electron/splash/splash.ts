import type { Bridge, ShellState } from '../../contract/bridge.ts'
import { say, wordsFor } from './words.ts'

const { timetrack } = window as Window & { timetrack?: Bridge }
const words = wordsFor(navigator.language)

const find = (id: string) => {
  const element = document.getElementById(id)
  if (!element) throw new Error(`#${id} is missing`)
  return element
}
const again = find('again') as HTMLButtonElement

function show(state: ShellState): void {
  const { title, advice, detail, isProblem } = say(state, words)
  find('title').textContent = title
  find('advice').textContent = advice
  find('detail').textContent = detail
  find('detail').hidden = detail === ''
  find('working').hidden = isProblem
  again.hidden = !isProblem
  again.disabled = false
}

document.documentElement.lang = words.lang
again.textContent = words.again
again.addEventListener('click', () => {
  again.disabled = true
  void timetrack?.startAgain()
})
document.addEventListener('contextmenu', (event) => event.preventDefault())

show({ step: 'starting' })
timetrack?.onState(show)
void timetrack?.state().then(show)
void timetrack?.info().then(({ version, kiosk }) => {
  document.documentElement.classList.toggle('kiosk', kiosk)
  find('version').textContent = version
})
