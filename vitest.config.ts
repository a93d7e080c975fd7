import vue from '@vitejs/plugin-vue'
import { configDefaults, defineConfig } from 'vitest/config'

const everyZone = ['contract/time*.test.ts', '**/*.tz.test.ts']
const zones = ['Europe/Berlin', 'UTC', 'America/Los_Angeles']

export default defineConfig({
  test: {
    testTimeout: 10_000,
    hookTimeout: 20_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{contract,db,server,scripts,electron}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...everyZone],
          env: { TZ: 'Europe/Berlin' },
        },
      },
      {
        extends: true,
        plugins: [vue()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['renderer/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...everyZone],
          env: { TZ: 'Europe/Berlin' },
        },
      },
      ...zones.map((zone) => ({
        extends: true as const,
        test: { name: `time in ${zone}`, include: everyZone, env: { TZ: zone } },
      })),
    ],
  },
})
