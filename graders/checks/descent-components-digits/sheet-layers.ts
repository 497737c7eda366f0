/** Where the layers of section 1.4 stand, the given net that holds them in a list, and the given function that trains it. */
import type { SheetLayers } from '../../kinds/layer-calls.ts';

export const sheetLayers: SheetLayers = {
  linear: { module: 'q1-4a', name: 'Linear' },
  sigmoid: { module: 'q1-4b', name: 'Sigmoid' },
  relu: { module: 'q1-4c', name: 'ReLU' },
  net: { module: 'net', name: 'Net' },
  fit: { module: 'fit', name: 'fit' },
};
