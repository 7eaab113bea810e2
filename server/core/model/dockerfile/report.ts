// How a check says what it found: most find nothing, and so none of them makes a list.
import type { Span } from '../../text/span.ts';

export type Report = (message: string, span: Span) => void;
