import { createRouter, createWebHistory } from 'vue-router'
import { isDay } from '../contract/time.ts'
import type { MessageKey } from './i18n/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    title?: MessageKey
    /** the dark screen on the wall, whatever theme was chosen */
    isKiosk?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  // A page that is just opened is at its top: saying so would make the browser lay it out before it is there.
  scrollBehavior: (to, from, saved) =>
    saved ?? (to.name === from.name || from.name === undefined ? false : { top: 0 }),
  routes: [
    {
      path: '/app/login',
      name: 'login',
      meta: { title: 'access.login' },
      component: () => import('./views/Access/LoginView.vue'),
    },
    {
      path: '/app/setup',
      name: 'setup',
      meta: { title: 'access.setup' },
      component: () => import('./views/Access/SetupView.vue'),
    },
    {
      path: '/app',
      component: () => import('./views/Shell/AppShell.vue'),
      children: [
        {
          path: 'day/:day?',
          name: 'day',
          meta: { title: 'nav.day' },
          component: () => import('./views/Day/DayView.vue'),
          beforeEnter: ({ params }) =>
            typeof params['day'] === 'string' && params['day'] !== '' && !isDay(params['day'])
              ? { name: 'day', params: {} }
              : true,
        },
        {
          path: 'week/:day?',
          name: 'week',
          meta: { title: 'nav.week' },
          component: () => import('./views/Week/WeekView.vue'),
          beforeEnter: ({ params }) =>
            typeof params['day'] === 'string' && params['day'] !== '' && !isDay(params['day'])
              ? { name: 'week', params: {} }
              : true,
        },
        {
          path: 'attendance/:month?',
          name: 'attendance',
          meta: { title: 'nav.attendance' },
          component: () => import('./views/Attendance/AttendanceView.vue'),
          beforeEnter: ({ params }) =>
            typeof params['month'] === 'string' && params['month'] !== '' && !isDay(`${params['month']}-01`)
              ? { name: 'attendance', params: {} }
              : true,
        },
        {
          path: 'search',
          name: 'search',
          meta: { title: 'nav.search' },
          component: () => import('./views/Search/SearchView.vue'),
        },
        {
          path: 'rules/:rule(\\d+|new)?',
          name: 'rules',
          meta: { title: 'nav.rules' },
          component: () => import('./views/Rules/RulesView.vue'),
        },
        {
          path: 'projects',
          name: 'projects',
          meta: { title: 'nav.projects' },
          component: () => import('./views/Projects/ProjectsView.vue'),
        },
        {
          path: 'export',
          name: 'export',
          meta: { title: 'nav.export' },
          component: () => import('./views/Export/ExportView.vue'),
        },
        {
          path: 'people',
          name: 'people',
          meta: { title: 'nav.people' },
          component: () => import('./views/People/PeopleView.vue'),
        },
        {
          path: 'system',
          name: 'system',
          meta: { title: 'nav.system' },
          component: () => import('./views/System/SystemView.vue'),
        },
      ],
    },
    { path: '/kiosk', meta: { isKiosk: true }, component: () => import('./views/Kiosk/KioskView.vue') },
    { path: '/:rest(.*)*', redirect: '/app/day' },
  ],
})
