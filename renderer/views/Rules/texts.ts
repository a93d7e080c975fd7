import { addMessages } from '../../i18n/index.ts'
import de from '../../i18n/rules.de.json'
import en from '../../i18n/rules.en.json'

/** Texts of the rules come with what shows them. */
export const addRuleTexts = (): void => addMessages({ de, en })
