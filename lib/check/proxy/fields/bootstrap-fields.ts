import type { MessageFields } from './message-fields';

/** The outermost messages. What takes up configuration from elsewhere, or sends anything out, is none of them. */
export const BOOTSTRAP_FIELDS: MessageFields = {
  Bootstrap: {
    node: 'Node',
    static_resources: 'StaticResources',
    admin: 'json',
    overload_manager: 'OverloadManager',
    layered_runtime: 'LayeredRuntime',
  },
  Node: { id: 'text', cluster: 'text', locality: 'json', metadata: 'json' },
  StaticResources: { listeners: '[Listener]', clusters: '[Cluster]' },
  OverloadManager: { refresh_interval: 'duration', resource_monitors: '[ResourceMonitor]', actions: 'json' },
  ResourceMonitor: { name: 'text', typed_config: 'any' },
  DownstreamConnectionsConfig: { max_active_downstream_connections: 'number' },
  FixedHeapConfig: { max_heap_size_bytes: 'number' },
  LayeredRuntime: { layers: '[RuntimeLayer]' },
  RuntimeLayer: { name: 'text', static_layer: '{json}' },
};
