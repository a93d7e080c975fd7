import { addMessages } from '../../../i18n/index.ts'
import de from '../../../i18n/review.de.json'
import en from '../../../i18n/review.en.json'

/** Texts of what opens above the day come with it. */
export const addReviewTexts = (): void => addMessages({ de, en })
