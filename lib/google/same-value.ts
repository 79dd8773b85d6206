import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Whether two texts are the same in the files. A reference is another token each time that it is asked for. */
export function isSameValue(scope: IConstruct, one: string, other: string): boolean {
  return one === other || rendered(scope, one) === rendered(scope, other);
}

function rendered(scope: IConstruct, text: string): unknown {
  return Tokenization.resolve(text, {
    scope,
    preparing: false,
    resolver: new DefaultTokenResolver(new StringConcat()),
  });
}
