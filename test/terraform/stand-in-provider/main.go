// Command terraform-provider-google stands in for Google's provider where that cannot be had. It knows which attributes and blocks each
// resource has, and nothing else: no value is checked and nothing is ever applied. What is computed is unknown in a plan.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attribute struct {
	Type     json.RawMessage `json:"type"`
	Required bool            `json:"required"`
	Computed bool            `json:"computed"`
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	Blocks     map[string]nested    `json:"blocks"`
}

type nested struct {
	block
	Single   bool `json:"single"`
	Required bool `json:"required"`
}

func (b block) schema() *tfprotov5.SchemaBlock {
	out := &tfprotov5.SchemaBlock{}
	for name, a := range b.Attributes {
		kind, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the only reader of this form
		if err != nil {
			log.Fatal(err)
		}
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: kind, Required: a.Required, Optional: !a.Required, Computed: a.Computed && !a.Required,
		})
	}
	for name, n := range b.Blocks {
		child := &tfprotov5.SchemaNestedBlock{TypeName: name, Block: n.schema(), Nesting: tfprotov5.SchemaNestedBlockNestingModeList}
		if n.Required {
			child.MinItems = 1
		}
		if n.Single {
			child.MaxItems = 1
		}
		out.BlockTypes = append(out.BlockTypes, child)
	}
	return out
}

type provider struct {
	tfprotov5.ProviderServer
	blocks  map[string]block
	schemas map[string]*tfprotov5.Schema
}

func (p provider) config() *tfprotov5.Schema {
	names := []string{"project", "region", "zone"}
	out := &tfprotov5.SchemaBlock{}
	for _, name := range names {
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{Name: name, Type: tftypes.String, Optional: true})
	}
	return &tfprotov5.Schema{Block: out}
}

func (p provider) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	out := &tfprotov5.GetMetadataResponse{ServerCapabilities: &tfprotov5.ServerCapabilities{}}
	for name := range p.schemas {
		out.Resources = append(out.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	return out, nil
}

func (p provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &tfprotov5.GetProviderSchemaResponse{Provider: p.config(), ResourceSchemas: p.schemas}, nil
}

func (p provider) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (p provider) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (p provider) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (p provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (p provider) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	kind := p.schemas[r.TypeName].ValueType()
	proposed, err := r.ProposedNewState.Unmarshal(kind)
	if err != nil || proposed.IsNull() {
		return &tfprotov5.PlanResourceChangeResponse{PlannedState: r.ProposedNewState}, err
	}
	planned, err := unknownWhereComputed(proposed, p.blocks[r.TypeName])
	if err != nil {
		return nil, err
	}
	state, err := tfprotov5.NewDynamicValue(kind, planned)
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: &state}, err
}

func unknownWhereComputed(value tftypes.Value, of block) (tftypes.Value, error) {
	fields := map[string]tftypes.Value{}
	if err := value.As(&fields); err != nil {
		return value, err
	}
	for name, a := range of.Attributes {
		if field, there := fields[name]; there && a.Computed && field.IsNull() {
			fields[name] = tftypes.NewValue(field.Type(), tftypes.UnknownValue)
		}
	}
	return tftypes.NewValue(value.Type(), fields), nil
}

func main() {
	text, err := os.ReadFile(os.Getenv("STAND_IN_SCHEMA"))
	if err != nil {
		log.Fatal(err)
	}
	p := provider{schemas: map[string]*tfprotov5.Schema{}}
	if err := json.Unmarshal(text, &p.blocks); err != nil {
		log.Fatal(err)
	}
	for name, b := range p.blocks {
		p.schemas[name] = &tfprotov5.Schema{Block: b.schema()}
	}
	if err := tf5server.Serve("hashicorp/google", func() tfprotov5.ProviderServer { return p }); err != nil {
		log.Fatal(err)
	}
}
