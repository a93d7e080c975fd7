import { expect, test } from 'vitest'
import { hostEnvironment } from './host-environment.ts'

test('a program of the machine sees the machine’s environment, not the image’s', () => {
  expect(
    hostEnvironment({
      APPDIR: '/tmp/.mount_tt',
      APPIMAGE: '/home/anna/timetrack.AppImage',
      LD_LIBRARY_PATH: '/tmp/.mount_tt/usr/lib',
      GSETTINGS_SCHEMA_DIR: '/tmp/.mount_tt/usr/share/glib-2.0/schemas',
      PATH: '/tmp/.mount_tt:/tmp/.mount_tt/usr/sbin:/tmp/.mount_ttt/bin:/usr/bin:/bin',
      XDG_DATA_DIRS: '/tmp/.mount_tt/usr/share',
      WAYLAND_DISPLAY: 'wayland-1',
      XDG_RUNTIME_DIR: '/run/user/1000',
    }),
  ).toEqual({
    PATH: '/tmp/.mount_ttt/bin:/usr/bin:/bin',
    WAYLAND_DISPLAY: 'wayland-1',
    XDG_RUNTIME_DIR: '/run/user/1000',
  })
})

test('outside of an image nothing is taken away', () => {
  expect(hostEnvironment({ LD_LIBRARY_PATH: '/opt/lib', PATH: '/usr/bin' })).toEqual({
    LD_LIBRARY_PATH: '/opt/lib',
    PATH: '/usr/bin',
  })
})
