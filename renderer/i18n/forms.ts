import type { MessageContext } from 'vue-i18n'

type Message = (context: MessageContext<string>) => string

const known = new Map<string, Message>()

/**
 * A text as vue-i18n takes it when it need not read it any more: `{name}` is a value, ` | ` is between the forms of
 * singular and plural. Our texts use nothing else, and vue-i18n's own reader is a twentieth of what a page loads first.
 */
export function formsOf(text: string): Message {
  const before = known.get(text)
  if (before) return before
  // The names are at the odd places.
  const forms = text.split(' | ').map((form) => form.split(/\{(\w+)\}/))
  const message = (context: MessageContext<string>) => {
    const valueOf = (name: string) => (context.named(name) as string | number | undefined) ?? ''
    const write = (form: string[]) => form.map((part, at) => (at % 2 ? valueOf(part) : part)).join('')
    const [first = []] = forms
    return forms.length === 1 ? write(first) : context.plural(forms.map(write))
  }
  known.set(text, message)
  return message
}
