import type { ErrorCode } from 'yaml';

/** The name of a fault in a YAML file, and what to write instead. */
export interface SyntaxWords {
  readonly message: string;
  readonly hint: string;
}

const QUOTES = 'put the text in quotes, for example request: "GET /items/{id}"';

const INDENT: SyntaxWords = {
  message: 'this line is not indented like the lines that belong with it',
  hint: 'keys of one map begin in the same column; nested keys are indented by two spaces more',
};
const ANCHOR: SyntaxWords = {
  message: 'the name of an anchor (&name) or an alias (*name) is missing or misplaced',
  hint:
    'write &name before the value to reuse, and *name where it is used; put a text that begins ' +
    'with & or * in quotes',
};
const TAG: SyntaxWords = {
  message: 'tags like !name are not allowed',
  hint: 'remove the tag; put a text that begins with ! in quotes',
};
const LEFT_OVER: SyntaxWords = { message: 'this does not belong here: the value before it has ended', hint: QUOTES };

/** One entry for each code of the YAML library. The library's own sentences are for people who know its parser. */
const WORDS: Readonly<Record<ErrorCode, SyntaxWords>> = {
  TAB_AS_INDENT: { message: 'a tab is used as indentation', hint: 'use spaces instead; YAML allows no tabs here' },
  BAD_INDENT: INDENT,
  MULTILINE_IMPLICIT_KEY: INDENT,
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'there is a second key where only a value is allowed',
    hint: 'check the indentation, and put a text that contains ": " in quotes, for example label: "my: waf"',
  },
  BLOCK_IN_FLOW: {
    message: 'there is a second colon where only a value is allowed',
    hint: 'put a text that contains ": " in quotes, for example label: "my: waf"',
  },
  MISSING_CHAR: {
    message: 'a character is missing: a colon after a key, or the closing quote or bracket of a value',
    hint: 'write key: value, with a space after the colon, and close every quote and bracket',
  },
  UNEXPECTED_TOKEN: LEFT_OVER,
  BAD_COLLECTION_TYPE: LEFT_OVER,
  BAD_SCALAR_START: {
    message: 'a text without quotes cannot begin with this character',
    hint: 'put the text in quotes',
  },
  BAD_DQ_ESCAPE: {
    message: 'this backslash sequence is not valid in a text in double quotes',
    hint: 'write \\\\ for a backslash, or put the text in single quotes',
  },
  MULTIPLE_DOCS: {
    message: 'a second document begins here (---)',
    hint: 'a file has one document: move the second one to another file',
  },
  DUPLICATE_KEY: { message: 'a key is given twice', hint: 'keep one of the two' },
  KEY_OVER_1024_CHARS: {
    message: 'a key is longer than 1,024 characters',
    hint: 'put a text that contains a colon in quotes',
  },
  NON_STRING_KEY: { message: 'a key must be a text', hint: QUOTES },
  BAD_ALIAS: ANCHOR,
  ALIAS_PROPS: ANCHOR,
  MULTIPLE_ANCHORS: ANCHOR,
  BAD_PROP_ORDER: ANCHOR,
  MULTIPLE_TAGS: TAG,
  TAG_RESOLVE_FAILED: TAG,
  BAD_DIRECTIVE: { message: 'a line that begins with % is not allowed', hint: 'remove the line' },
  RESOURCE_EXHAUSTION: {
    message: 'the file is nested too deeply to be read',
    hint: 'close the brackets that were left open',
  },
  IMPOSSIBLE: LEFT_OVER,
};

/** A fault that the YAML library found, in plain words. */
export const syntaxWords = (code: ErrorCode): SyntaxWords => WORDS[code];
