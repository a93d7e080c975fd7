import type { Config } from 'prettier'

const config: Config = {
  semi: false,
  singleQuote: true,
  printWidth: 110,
  trailingComma: 'all',
}

export default config
