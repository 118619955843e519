export interface ShapeOptions {
  /** Dotted paths of keys that may be missing; `[]` stands for the items of a list. */
  readonly optional?: readonly string[];
  /** Paths of objects whose keys are ids. */
  readonly open?: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const digits = /^\d+$/;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'string') return typeof value;
  if (isoTime.test(value)) return 'time';
  return digits.test(value) ? 'digits' : 'string';
}

/** Times and counts-as-text keep their form; any other text is just text. */
function sameKind(sample: string, actual: string): boolean {
  if (sample === 'null' || actual === 'null') return true;
  return sample === actual || (sample === 'string' && (actual === 'digits' || actual === 'time'));
}

/** Where an answer departs from its sample: key sets, JSON types, forms of times and counts. Empty: it does not. */
export function differences(
  sample: unknown,
  actual: unknown,
  options: ShapeOptions = {},
  path = '',
): string[] {
  const kind = kindOf(sample);
  if (!sameKind(kind, kindOf(actual))) {
    return [`${path || '(root)'} is ${kindOf(actual)}, the sample has ${kind}`];
  }
  if (actual === null || sample === null) return [];
  if (Array.isArray(sample) && Array.isArray(actual)) {
    if (sample.length === 0) return [];
    return actual.flatMap((item: unknown) => differences(sample[0], item, options, `${path}[]`));
  }
  if (kind === 'object') {
    return objectDifferences(sample as JsonObject, actual as JsonObject, options, path);
  }
  return [];
}

function objectDifferences(
  sample: JsonObject,
  actual: JsonObject,
  options: ShapeOptions,
  path: string,
): string[] {
  const keys = Object.keys(sample);
  // an empty sample object is free-form JSON
  if (keys.length === 0) return [];
  if (options.open?.includes(path) === true) {
    const [value] = Object.values(sample);
    return Object.values(actual).flatMap((item) => differences(value, item, options, `${path}.*`));
  }
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const missing = keys
    .filter((key) => !(key in actual) && options.optional?.includes(at(key)) !== true)
    .map((key) => `${at(key)} is missing`);
  const extra = Object.keys(actual)
    .filter((key) => !(key in sample))
    .map((key) => `${at(key)} is not in the sample`);
  const inner = keys
    .filter((key) => key in actual)
    .flatMap((key) => differences(sample[key], actual[key], options, at(key)));
  return [...missing, ...extra, ...inner];
}
