/**
 * The same bytes on every processor of a kind: numpy, PyTorch and what they compute with (OpenBLAS, MKL, oneDNN) choose among kernels
 * by what the processor offers, and those round otherwise. Asked for are the kernels that every x86-64 of the last ten years has.
 */
import { readFileSync } from 'node:fs';

/** numpy's names of what is newer, before its version 2.4 and since; it passes over those that it does not know. */
const NEWER =
  'X86_V4 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_KNL AVX512_KNM AVX512_ICL AVX512_SPR'.split(' ');

/** Variables of the environment that choose those kernels; none where the processor has not got them, or is of another kind. */
export function sameArithmetic(about = processor()): Record<string, string> {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(about)?.[1]?.split(' '));
  if (!flags.has('avx2') || !flags.has('fma')) return {};
  return {
    OPENBLAS_CORETYPE: 'Haswell',
    NPY_DISABLE_CPU_FEATURES: NEWER.join(' '),
    ATEN_CPU_CAPABILITY: 'avx2',
    MKL_CBWR: 'AVX2',
    // TensorFlow multiplies by it as well, whatever it is told of its other parts.
    ONEDNN_MAX_CPU_ISA: 'AVX2',
  };
}

function processor(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
