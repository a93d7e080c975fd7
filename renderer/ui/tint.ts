/** The colour of a project or person, for `:style`. */
export const tint = (colour: number): { '--tint': string } => ({ '--tint': `var(--project-${colour % 12})` })
