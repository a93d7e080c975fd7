import { addMessages } from '../../i18n/index.ts'
import de from '../../i18n/access.de.json'
import en from '../../i18n/access.en.json'

addMessages({ de, en })
