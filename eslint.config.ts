import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { fence } from './scripts/fence-rule.ts'

const tooling = ['scripts/**', 'e2e/**', '*.config.ts']
const tests = ['**/*.test.ts']

const clock = {
  message: 'Time has one door: use contract/time.ts, and take "now" as a Clock argument.',
}

/** Types are looked up only where they are asked for, so that the fences can be tested without a project. */
const typed = defineConfig({
  files: ['**/*.ts', '**/*.vue'],
  extends: [tseslint.configs.recommendedTypeCheckedOnly],
  languageOptions: {
    parserOptions: {
      projectService: true,
      tsconfigRootDir: import.meta.dirname,
      extraFileExtensions: ['.vue'],
    },
  },
  rules: {
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    '@typescript-eslint/require-await': 'off',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
})

export const untyped = defineConfig([
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue'],
    plugins: { timetrack: { rules: { fence } } },
    rules: {
      'timetrack/fence': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      complexity: ['error', 15],
      eqeqeq: 'error',
      'max-depth': ['error', 4],
      'no-implicit-coercion': ['error', { boolean: false }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      // The types know more than this rule about what is defined.
      'no-undef': 'off',
    },
  },
  {
    name: 'effects',
    files: ['**/*.ts', '**/*.vue'],
    ignores: ['**/main.ts', ...tests, ...tooling],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        ...['env', 'exit'].map((property) => ({
          object: 'process',
          property,
          message: 'Only main.ts files and scripts know the process: take what you need as an argument.',
        })),
      ],
    },
  },
  {
    name: 'time',
    files: ['**/*.ts', '**/*.vue'],
    ignores: ['contract/time.ts', 'server/clock.ts', '**/main.ts', ...tooling, ...tests],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: ':matches(NewExpression, CallExpression)[callee.name="Date"]', ...clock },
        {
          selector: 'CallExpression[callee.object.name="Date"][callee.property.name=/^(now|parse)$/]',
          ...clock,
        },
      ],
    },
  },
  { files: ['**/*.ts'], ignores: tests, rules: { 'max-lines': ['error', 300] } },
  {
    files: ['renderer/**/*.vue'],
    extends: [vue.configs['flat/recommended'], { rules: vue.configs['no-layout-rules'].rules ?? {} }],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'max-lines': ['error', 250],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      // Views are named after one noun where the folder says the rest.
      'vue/multi-word-component-names': 'off',
      'vue/html-button-has-type': 'error',
      'vue/no-bare-strings-in-template': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
      // TypeScript's optional props need no default.
      'vue/require-default-prop': 'off',
    },
  },
])

export default defineConfig([
  { ignores: ['dist/', 'coverage/', 'test-results/', 'playwright-report/'] },
  // First, because what it extends sets a parser for every file, which .vue files need to replace.
  typed,
  untyped,
  {
    // ESLint cannot follow what vue-tsc infers between template and script, and sees `any` there.
    files: ['**/*.vue'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
])
