import { computed, onBeforeUnmount, shallowRef } from 'vue'
import { mmOf } from './scale.ts'
import { step } from './settings.ts'

const sizeNow = () => ({ width: innerWidth, height: innerHeight, ratio: devicePixelRatio })

/** CSS pixels a millimetre of this panel. */
export function useScale() {
  const size = shallowRef(sizeNow())
  const follow = () => (size.value = sizeNow())
  addEventListener('resize', follow)
  onBeforeUnmount(() => removeEventListener('resize', follow))
  return computed(() => mmOf(size.value.width, size.value.height, size.value.ratio, step.value))
}
