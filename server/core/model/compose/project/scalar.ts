// Scalars as Compose reads them: its YAML library knows octal numbers and underscores, and prints floats its own way.
import type { YamlScalar } from '../../yaml/node.ts';

export interface ReadScalar {
  readonly value: string | number | boolean | null;
  readonly isFloat: boolean;
}

const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|0|[1-9][0-9]*)$/;
const octal = /^([-+]?)0[oO]?([0-7]+)$/;
const number = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function integerOf(text: string): number {
  const [, sign, digits] = octal.exec(text) ?? [];
  if (digits !== undefined) return Number.parseInt(digits, 8) * (sign === '-' ? -1 : 1);
  const unsigned = text.replace(/^[-+]/, '');
  return Number(unsigned) * (text.startsWith('-') ? -1 : 1);
}

function numberOf(text: string): ReadScalar | null {
  const plain = text.replaceAll('_', '');
  if (integer.test(plain)) return { value: integerOf(plain), isFloat: false };
  return number.test(plain) ? { value: Number(plain), isFloat: true } : null;
}

export function readScalar({ value, text, style, tag }: YamlScalar): ReadScalar {
  if (typeof value === 'number') return numberOf(text) ?? { value, isFloat: true };
  if (style === 'plain' && tag === null && typeof value === 'string' && /^[-+]?[0-9]/.test(text)) {
    return numberOf(text) ?? { value, isFloat: false };
  }
  return { value, isFloat: false };
}

/** A float as Go's `%v` prints it: the shortest digits, an exponent below -4 and from a million on. */
export function goFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
