/** Where somebody wanted to go before they had to log in; only to pages of ours, whatever the address says. */
export function nextOf(wanted: unknown): string {
  return typeof wanted === 'string' && /^\/app\/(?!login|setup)[^\\]*$/.test(wanted) ? wanted : '/app/day'
}
