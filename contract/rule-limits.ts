export const RULE_LIMITS = {
  rules: 10_000,
  name: 128,
  pattern: 300,
  regex: 500,
  /** Steps of one regular expression's program, and of those of all rules together. */
  regexSize: 500,
  allRegexSize: 10_000,
  template: 2000,
  comment: 2000,
  /** Letters of a title that are searched, and those that a regular expression sees. */
  scanned: 2000,
  regexScanned: 500,
} as const

/** What stands in a comment template for something of the event. */
export const PLACEHOLDERS = ['title', 'app', 'contact', 'url'] as const
