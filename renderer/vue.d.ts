// For ESLint, which cannot look into .vue files for their types; vue-tsc can and never comes here.
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
