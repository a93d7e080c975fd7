import { ref } from 'vue'

/**
 * What is typed between the key that opens the picker and the picker: it comes with its code, which may take a moment.
 * Enter is the end of a line.
 */
export function useTypeAhead() {
  const typed = ref('')

  function type(key: string): void {
    if (key === 'Backspace') typed.value = typed.value.slice(0, -1)
    else if (key === 'Enter' && typed.value !== '') typed.value += '\n'
    else if (key.length === 1) typed.value += key
  }

  return { typed, type }
}
