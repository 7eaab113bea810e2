// Images and packages for GPUs of NVIDIA: what the images of CUDA hold, and what belongs to the machine below. Data only.

export interface CudaImage {
  readonly major: number;
  readonly minor: number;
  readonly flavour: 'base' | 'runtime' | 'devel';
  readonly hasCudnn: boolean;
}

/** What a tag of `nvidia/cuda` says; null for any other image, and for a tag that says nothing. */
export function cudaImage(name: string, tag: string | null): CudaImage | null {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(tag ?? '') ?? [];
  const [flavour] = /base|runtime|devel/.exec(tag ?? '') ?? [];
  if (name !== 'nvidia/cuda' || major === undefined || flavour === undefined) return null;
  return {
    major: Number(major),
    minor: Number(minor),
    flavour: flavour as CudaImage['flavour'],
    hasCudnn: /cudnn/.test(tag ?? ''),
  };
}

/** Packages that make the machine below hand its GPUs to containers. */
export const isHostPackage = (name: string): boolean =>
  /^(?:nvidia-container-(?:toolkit|runtime)|nvidia-docker2?|libnvidia-container)/.test(name);

/** Whether the image holds what a package brings. */
export function holdsCudaPackage({ flavour, hasCudnn }: CudaImage, name: string): boolean {
  if (/^libcudnn\d/.test(name)) return hasCudnn && (flavour === 'devel' || !name.includes('-dev'));
  if (/^(?:cuda|cuda-runtime|cuda-compat)(?:-\d|$)/.test(name)) return true;
  if (/^cuda-libraries(?:-\d|$)/.test(name)) return flavour !== 'base';
  return (
    /^(?:nvidia-cuda-toolkit$|cuda-(?:toolkit|nvcc|libraries-dev)(?:-\d|$))/.test(name) && flavour === 'devel'
  );
}

/** Programs that ask the GPU itself. */
export const gpuPrograms: readonly string[] = ['nvidia-smi', 'nvidia-debugdump', 'nvidia-persistenced'];

/** Python that does. */
export const gpuQuestion =
  /torch\.cuda\.(?:is_available|device_count|get_device_name|get_device_properties|current_device)\(|tf\.test\.is_gpu_available\(|list_physical_devices\(|jax\.devices\(/;

/** The versions of CUDA for which PyTorch publishes packages, as in `https://download.pytorch.org/whl/cu128`. */
const published: readonly (readonly [major: number, minor: number])[] = [
  [11, 8],
  [12, 1],
  [12, 4],
  [12, 6],
  [12, 8],
  [12, 9],
  [13, 0],
];

/** The newest of them that runs on an image; undefined where none does. */
export const publishedFor = (image: CudaImage): string | undefined =>
  published
    .filter(([major, minor]) => major === image.major && minor <= image.minor)
    .map(([major, minor]) => `cu${major}${minor}`)
    .at(-1);
