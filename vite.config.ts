import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const hub = process.env['TIMETRACK_HUB'] ?? 'http://127.0.0.1:8000'

export default defineConfig(({ command }) => ({
  root: 'renderer',
  base: '/',
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // Our texts are read by renderer/i18n/forms.ts.
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    manifest: true,
    sourcemap: command === 'serve',
    // The hub compresses every file itself, better than Vite would measure it.
    reportCompressedSize: false,
    // A data: URL needs an exception in the CSP; a file needs none.
    assetsInlineLimit: 0,
    // Every browser that runs the kiosk or that an office has today preloads modules.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: {
        minify: { compress: { dropConsole: true, dropDebugger: true } },
        codeSplitting: {
          groups: [
            // Changes with a library's version only, so it stays in the browser's cache when the hub is updated.
            {
              name: 'vendor',
              test: /plugin-vue:export-helper|node_modules[\\/](?:@vue|vue|pinia|vue-router|vue-i18n|@intlify)[\\/]/,
            },
            // What several pages use, in one piece: a hundred small ones compress worse and take a request each.
            {
              name: 'shared',
              test: /renderer[\\/](?:(?:ui|stores)[\\/]|i18n[\\/].*\.ts|[^\\/]+\.ts)|@lucide/,
              minShareCount: 2,
            },
            // What the pages of time share with the day's, for the same reason, and the kiosk does without.
            {
              name: 'time',
              test: /renderer[\\/](?:views[\\/]Day[\\/](?:axis|blocks|block-title|intervals|use-selection|wall)|picker[\\/](?:options|picks))\.ts/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      // As if the hub's own page asked.
      ['/api/', '/docs', '/health'].map((path) => [
        path,
        { target: hub, changeOrigin: true, headers: { origin: hub } },
      ]),
    ),
  },
}))
