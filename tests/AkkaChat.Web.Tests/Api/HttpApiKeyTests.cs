using System.Diagnostics.Metrics;
using System.Net;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.Api;

/// <summary>Who may use the HTTP API.</summary>
public sealed class HttpApiKeyTests : IDisposable
{
    private const string OldKey = "the-old-key-0123456789-0123456789";
    private const string NewKey = "the-new-key-0123456789-0123456789";

    private readonly RecordingLogs _logs = new();

    [Fact]
    public async Task Without_keys_there_is_no_API_and_the_log_says_so()
    {
        await using var server = await StartAsync();
        await using var api = new ApiClient(server, NewKey);

        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("cluster")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("emit", "{}")).Status);
        Assert.Equal(
            "AkkaChat.Api Information: There is no HTTP API at /akkachat/api: akkachat.api.keys has no key.",
            await _logs.NextWithAsync("HTTP API"));
    }

    [Fact]
    public async Task Each_of_several_keys_will_do_so_that_they_can_be_changed_while_programs_use_them()
    {
        Assert.Equal((true, false), await AcceptsAsync(OldKey));
        Assert.Equal((true, true), await AcceptsAsync(OldKey, NewKey));
        Assert.Equal((false, true), await AcceptsAsync(NewKey));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer the-old-key-0123456789-012345678")]
    [InlineData("Authorization", "Bearer THE-OLD-KEY-0123456789-0123456789")]
    [InlineData("Authorization", "Basic the-old-key-0123456789-0123456789")]
    [InlineData("Authorization", "the-old-key-0123456789-0123456789")]
    [InlineData("X-API-Key", "")]
    [InlineData("X-API-Key", "the-old-key-0123456789-0123456789x")]
    public async Task Whatever_is_not_a_key_is_refused(string? header, string? value)
    {
        await using var server = await StartAsync(OldKey);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{server.Host}{ApiClient.Path}cluster?api_key={OldKey}");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var response = await http.SendAsync(request).Soon();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(response.Headers, pair => pair.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Where_a_proxy_needs_the_header_authorization_the_key_comes_in_a_header_of_its_own()
    {
        await using var server = await StartAsync(OldKey);
        await using var api = new ApiClient(server, key: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "cluster");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic cHJveHk6cHJveHk=");
        request.Headers.Add("X-API-Key", OldKey);

        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Nothing_of_a_request_without_a_key_is_read()
    {
        await using var server = await StartAsync(OldKey);
        await using var api = new ApiClient(server, NewKey);

        (await api.PostAsync("emit", "{")).IsProblem(401, null, "akkachat.api.keys");
        (await api.GetAsync("rooms?limit=none")).IsProblem(401, null, "akkachat.api.keys");
    }

    [Fact]
    public async Task Of_wrong_keys_the_first_is_a_warning_and_no_key_is_ever_logged()
    {
        await using var server = await StartAsync(OldKey);
        await using (var wrong = new ApiClient(server, NewKey))
        {
            await wrong.GetAsync("cluster");
            await wrong.GetAsync("cluster");
        }

        await using (var right = new ApiClient(server, OldKey))
        {
            await right.GetAsync("cluster");
            await right.PostAsync("emit", "{}");
        }

        await server.StopAsync();
        var lines = _logs.TakeAll();
        var refused = lines.Where(line => line.Contains("no key of the API, or a wrong one", StringComparison.Ordinal)).ToList();
        Assert.Equal(["AkkaChat.Api Warning", "AkkaChat.Api Debug"], refused.Select(line => line.Split(": ")[0]));
        Assert.Contains(lines, line => line.Contains("The HTTP API is at /akkachat/api", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(OldKey, StringComparison.Ordinal) || line.Contains(NewKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_asks_everybody_to_log_in_does_not_ask_those_who_have_a_key()
    {
        await using var server = await StartAsync(
            build: builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build()),
            use: app => app.UseAuthorization(),
            keys: OldKey);
        await using var api = new ApiClient(server, OldKey);

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("cluster")).Status);
    }

    [Fact]
    public async Task Requests_are_counted_by_what_they_ask_and_how_they_ended()
    {
        var counted = new Recorder<(object? Operation, object? Outcome)>();
        await using var server = await StartAsync(OldKey);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "akkachat.api.requests" && instrument.Meter.Scope == server.Services.GetService<IMeterFactory>())
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add((tags[0].Value, tags[1].Value)));
        listener.Start();
        await using var api = new ApiClient(server, OldKey);
        await using var stranger = new ApiClient(server, NewKey);

        await api.GetAsync("cluster");
        await api.PostAsync("emit", "{}");
        await stranger.PostAsync("batch", "{}");

        Assert.Equal(("cluster", "done"), await counted.NextAsync());
        Assert.Equal(("emit", "invalid"), await counted.NextAsync());
        Assert.Equal(("batch", "unauthorized"), await counted.NextAsync());
    }

    [Fact]
    public async Task The_path_is_the_applications_choice_and_conventions_hold_for_all_of_it()
    {
        await using var server = await TestServer.StartAsync(
            options: options => options.ApiKeys = [OldKey],
            use: app => app.MapAkkaChatApi("/internal/").RequireHost("internal.example"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Host}") };
        http.DefaultRequestHeaders.Add("X-API-Key", OldKey);

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/internal/cluster").Soon()).StatusCode);
        http.DefaultRequestHeaders.Host = "internal.example";
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/internal/cluster").Soon()).StatusCode);
    }

    public void Dispose() => _logs.Dispose();

    private async Task<(bool Old, bool New)> AcceptsAsync(params string[] keys)
    {
        await using var server = await StartAsync(keys);
        await using var old = new ApiClient(server, OldKey);
        await using var other = new ApiClient(server, NewKey);
        return ((await old.GetAsync("cluster")).Status == HttpStatusCode.OK, (await other.GetAsync("cluster")).Status == HttpStatusCode.OK);
    }

    private Task<TestServer> StartAsync(params string[] keys) => StartAsync(null, null, keys);

    private Task<TestServer> StartAsync(Action<WebApplicationBuilder>? build, Action<WebApplication>? use, params string[] keys) =>
        TestServer.StartAsync(
            options: options => options.ApiKeys = keys,
            build: builder =>
            {
                builder.Logging.AddProvider(_logs);
                builder.Logging.SetMinimumLevel(LogLevel.Trace);
                build?.Invoke(builder);
            },
            use: app =>
            {
                use?.Invoke(app);
                app.MapAkkaChatApi();
            });
}
