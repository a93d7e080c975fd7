import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n/index.ts'
import { startPreferences } from './preferences.ts'
import { router } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import { askForDay } from './views/Day/ask-ahead.ts'

askForDay(location)
const app = createApp(App)
app.use(createPinia())
app.use(i18n)
app.use(router)
await startPreferences()
app.mount('#app')
