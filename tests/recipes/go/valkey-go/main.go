// valkey-go: the token file is read at each connect, and again before a live connection is 12 hours old.
package main

import (
	"context"
	"crypto/tls"
	"os"
	"time"

	"github.com/valkey-io/valkey-go"

	"recipes/surroundings"
)

func main() {
	address := surroundings.Address()
	// recipe:begin
	maxAge := 11 * time.Hour // AWS ends a connection 12 hours after its last login
	option := valkey.ClientOption{
		InitAddress: []string{address},
		TLSConfig:   &tls.Config{},
	}
	// At each connect, and for an AUTH on the live connection when it is time.
	option.AuthCredentialsFn = func(valkey.AuthCredentialsContext) (valkey.AuthCredentials, error) {
		token, err := os.ReadFile(os.Getenv("TOKEN_FILE"))
		return valkey.AuthCredentials{
			Username:     os.Getenv("CACHE_USER"),
			Password:     string(token),
			RefreshAfter: time.Now().Add(maxAge),
		}, err
	}
	// recipe:end
	option.TLSConfig = surroundings.TLS()
	option.DisableCache = true // for the endpoint of the test, which has no CLIENT TRACKING
	maxAge = surroundings.MaxAge(maxAge)

	client, err := valkey.NewClient(option)
	if err == nil {
		defer client.Close()
	}
	ctx := context.Background()
	surroundings.Run(surroundings.Client{
		WhoAmI: func() (string, error) { return client.Do(ctx, client.B().AclWhoami().Build()).ToString() },
		Set: func(value string) error {
			return client.Do(ctx, client.B().Set().Key("recipe").Value(value).Build()).Error()
		},
		Get: func() (string, error) { return client.Do(ctx, client.B().Get().Key("recipe").Build()).ToString() },
	}, err)
}
