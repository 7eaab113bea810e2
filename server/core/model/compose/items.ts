// Items: the texts of a list of a service, such as `cap_add`, `security_opt` or `group_add`.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { meantBy } from './effective.ts';
import type { ComposeModel, Service } from './model.ts';
import { filledText } from './value.ts';

export interface Item {
  /** Variables with a default are filled in, blanks around it are gone. */
  readonly text: string;
  /** The same with the blanks, and the way back to the file. */
  readonly value: MappedText;
  /** The text within its quotes. */
  readonly span: Span;
  /** The scalar, for removing it. */
  readonly nodeSpan: Span;
}

/** Those that are texts; a text in place of a list is its only item. */
export function itemsOf(model: ComposeModel, service: Service, ...path: readonly string[]): readonly Item[] {
  const node = service.get(...path)?.node;
  const items = node?.kind === 'sequence' ? node.items : node ? [node] : [];
  return items.flatMap(written => {
    const item = meantBy(written);
    const value = filledText(model, item);
    if (value === null || value.text.trim() === '') return [];
    return {
      text: value.text.trim(),
      value,
      span: fileSpan(value, span(0, value.text.length)),
      nodeSpan: item.span,
    };
  });
}
