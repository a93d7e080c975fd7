type Environment = Record<string, string | undefined>

/** What AppRun sets for the program inside an AppImage. */
const SET_BY_APPIMAGE = ['LD_LIBRARY_PATH', 'GSETTINGS_SCHEMA_DIR', 'APPDIR', 'APPIMAGE', 'ARGV0', 'OWD']
/** Lists that it prepends to. */
const LISTS = ['PATH', 'XDG_DATA_DIRS']

/**
 * The environment for a program of the machine (`wlopm`): inside an AppImage ours points to libraries in the
 * image, with which the machine's programs may not start.
 */
export function hostEnvironment(env: Environment): Environment {
  const image = env['APPDIR']
  if (!image) return { ...env }
  const clean = { ...env }
  for (const name of SET_BY_APPIMAGE) delete clean[name]
  for (const name of LISTS) {
    const kept = (env[name] ?? '').split(':').filter((entry) => entry !== '' && !isWithin(entry, image))
    if (kept.length > 0) clean[name] = kept.join(':')
    else delete clean[name]
  }
  return clean
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
