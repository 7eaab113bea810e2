// The image of CUDA that a stage is made from.
import { type CudaImage, cudaImage } from '../knowledge/gpu.ts';
import type { Stage } from '../model/dockerfile/model.ts';
import { familiarName } from '../model/image-reference.ts';

export const cudaImageOf = ({ root }: Stage): CudaImage | null =>
  root.kind === 'image' ? cudaImage(familiarName(root.reference), root.reference.tag) : null;

/** An image of CUDA, whatever its tag says. */
export const isCudaImage = ({ root }: Stage): boolean =>
  root.kind === 'image' && familiarName(root.reference) === 'nvidia/cuda';
