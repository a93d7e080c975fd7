import { t } from '../../i18n/index.ts'
import { usePeople } from '../../stores/people.ts'
import { useProjects } from '../../stores/projects.ts'

type Place = { projectId: number; milestoneId?: number | null | undefined }

/** What places and people are called. */
export function useNames() {
  const projects = useProjects()
  const people = usePeople()

  const projectOf = ({ projectId }: Place) => projects.byId.get(projectId)

  function milestoneOf({ milestoneId }: Place): string {
    if (!milestoneId) return t('day.noMilestone')
    return projects.milestones.get(milestoneId)?.name ?? t('day.noMilestone')
  }

  /** `Werkhalle Nord · Ausführungsplanung` */
  function placeName(place: Place): string {
    const name = projectOf(place)?.name ?? t('day.unknownProject')
    return place.milestoneId ? `${name} · ${milestoneOf(place)}` : name
  }

  const colourOf = (place: Place): number => projectOf(place)?.colour ?? 10
  const personName = (handle: string): string =>
    people.colleagues.find((one) => one.handle === handle)?.name ?? handle

  return { placeName, colourOf, personName }
}
