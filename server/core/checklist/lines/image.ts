// Lines about the image: which one it is, and what it stands on.
import { imageFacts } from '../../knowledge/images.ts';
import { imageOf } from '../../model/compose/image.ts';
import { familiarName, type ImageReference } from '../../model/image-reference.ts';
import type { Origin, Value } from '../checklist.ts';
import { cis, type Line, owasp } from '../line.ts';
import { builtStage, type ServiceSubject, type Subject } from '../subject.ts';
import { atKey, byVariable, inDockerfile, inFile, told, unknownDockerfile, untold } from '../values.ts';

type Tell = (reference: ImageReference, origin: Origin) => Value;

function pulled({ model, service }: ServiceSubject, tell: Tell): Value {
  const image = imageOf(model, service);
  if (!image) return untold('no image is stated', inFile(service.nameSpan));
  const { node, keySpan } = image.entry;
  if (!image.reference.known) return untold(byVariable, inFile(node?.span ?? keySpan));
  return tell(image.reference.value, inFile(image.reference.value.span));
}

/** The image that is pulled, or the one that a build stands on. */
function ofImage(subject: Subject, tell: Tell): Value {
  if (subject.kind === 'service' && !subject.isBuilt) return pulled(subject, tell);
  const stage = builtStage(subject)?.stage;
  if (!stage) {
    return untold(
      unknownDockerfile,
      subject.kind === 'service' ? atKey(subject.service, 'build') : inFile(subject.insight.stage.span),
    );
  }
  const from = stage.chain.at(-1)?.from ?? stage.from;
  const place = inDockerfile(subject, from.image?.span ?? from.keywordSpan);
  if (stage.root.kind === 'scratch') return told('built on nothing (scratch)', place);
  if (stage.root.kind !== 'image') return untold(byVariable, place);
  const value = tell(stage.root.reference, place);
  return { ...value, text: `built on ${value.text}` };
}

/** A digest is told from others by its beginning. */
const shortened = ({ text }: ImageReference): string => text.replace(/(@\w+:\w{12})\w+$/, '$1…');

function systemOf(reference: ImageReference, origin: Origin): Value {
  const family = imageFacts(familiarName(reference), reference.tag)?.os.family;
  if (family === undefined || family === 'unknown') {
    return untold(`${shortened(reference)}, of which nothing is known here`, origin);
  }
  return told(`${shortened(reference)} (${family})`, origin);
}

export const immutableTag: Line = {
  id: 'immutable-tag',
  title: 'Immutable image',
  why: 'A tag can be given to another image: then what runs is not what was tested, and going back is guesswork. Only a digest names one image for good.',
  references: [cis('5.28'), owasp(13, 'enhance-supply-chain-security')],
  rules: {
    compose: ['compose-unpinned-image', 'compose-image-without-digest', 'compose-untagged-build'],
    dockerfile: ['unpinned-image', 'missing-digest', 'stale-base-digest'],
  },
  service: subject => ofImage(subject, (reference, origin) => told(shortened(reference), origin)),
  image: subject => ofImage(subject, (reference, origin) => told(shortened(reference), origin)),
};

export const supportedBase: Line = {
  id: 'supported-base',
  title: 'Small, supported base',
  why: 'Each program in the image is one more that may have a flaw, and a release without support keeps every flaw that is found.',
  references: [cis('4.3', '4.4'), owasp(13, 'enhance-supply-chain-security')],
  rules: {
    compose: ['compose-end-of-life-image'],
    dockerfile: [
      'end-of-life-image',
      'retired-image',
      'cuda-devel-image',
      'shipped-build-tools',
      'development-dependencies',
      'single-stage-build',
    ],
  },
  service: subject => ofImage(subject, systemOf),
  image: subject => ofImage(subject, systemOf),
};
