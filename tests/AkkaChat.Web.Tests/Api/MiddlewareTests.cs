using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Api;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task An_event_has_one_ack_however_often_its_handler_runs()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.On("ask", () => "answer");
            io.UseEvent(async (_, next) =>
            {
                await next();
                return await next();
            });
        });
        var client = await server.JoinAsync();

        await client.SendAsync("""427["ask"]""", """428["ask"]""");
        await client.ExpectAsync("""437["answer"]""", """438["answer"]""");
    }

    [Fact]
    public async Task Connect_middleware_runs_in_order_around_the_connect_handler()
    {
        var seen = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use(async (socket, next) =>
            {
                seen.Add($"one {socket.Connected}");
                var decision = await next();
                seen.Add($"back {decision.IsAccepted}");
                return decision;
            });
            io.Use((socket, next) =>
            {
                seen.Add("two");
                return next();
            });
            io.OnConnect(() => seen.Add("handler"));
        });
        await server.JoinAsync();

        string[] order = ["one False", "two", "handler", "back True"];
        foreach (var step in order)
        {
            Assert.Equal(step, await seen.NextAsync());
        }
    }

    [Fact]
    public async Task Connect_middleware_can_refuse_and_rooms_joined_in_it_are_left()
    {
        await using var server = await TestServer.StartAsync(io => io.Use(async (socket, next) =>
        {
            await socket.JoinAsync("waiting");
            return socket.Handshake.HasAuth ? await next() : Connect.Refuse("who?", new { code = 7 });
        }));
        var refused = await server.OpenWebSocketAsync();
        await refused.SendAsync("40");
        await refused.ExpectAsync("""44{"message":"who?","data":{"code":7}}""");

        var client = await server.JoinAsync(auth: "{}");
        Assert.Single(await server.Io.To("waiting").SocketIdsAsync().Soon());
        await client.EchoesAsync();
    }

    [Fact]
    public async Task Middleware_that_throws_refuses_without_telling_why()
    {
        await using var server = await TestServer.StartAsync(io =>
            io.Use((_, _) => throw new InvalidOperationException("secret detail")));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40");
        await client.ExpectAsync("""44{"message":"Connection rejected by server"}""");
    }

    [Fact]
    public async Task Event_middleware_can_change_the_result_or_keep_the_event_from_its_handler()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.UseEvent(async (context, next) => context.EventName == "blocked" ? "blocked" : $"<{await next()}>");
            io.On("a", () => "a").On("blocked", void () => throw new InvalidOperationException("never runs"));
        });
        var client = await server.JoinAsync();

        await client.SendAsync("""421["a"]""", """422["blocked"]""");
        await client.ExpectAsync("""431["<a>"]""", """432["blocked"]""");
    }

    [Fact]
    public async Task An_event_exception_answers_the_client_and_is_told_nothing_else()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("a", void () => throw new EventException("no such room") { Code = "not_found", Payload = new { room = "x" } })
            .OnError((Exception _) => "never"));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["a"]""", """42["a"]""");
        await client.ExpectAsync("""431[{"error":"no such room","code":"not_found","data":{"room":"x"}}]""");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task An_error_handler_knows_the_event_and_its_result_is_the_ack()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.On("a", (int number) => 10 / number);
            io.OnError((EventContext context, Exception exception) =>
                $"{context.EventName} {context.Arguments[0].As<int>()} {exception.GetType().Name}");
            io.Of("/other").On("a", void () => throw new InvalidOperationException("x"));
            io.AnyNamespace.OnError(() => "default");
        });
        var client = await server.JoinAsync();
        await client.JoinAsync("/other");

        await client.SendAsync("""421["a",0]""", """42/other,2["a"]""");
        await client.ExpectAsync("""431["a 0 DivideByZeroException"]""", """43/other,2["default"]""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_throws_is_acked_as_the_setting_says(bool errorAck)
    {
        await using var server = await TestServer.StartAsync(
            io => io.On("a", void () => throw new InvalidOperationException("secret detail")),
            options => options.ErrorAck = errorAck);
        var client = await server.JoinAsync();

        await client.SendAsync("""421["a"]""");
        if (errorAck)
        {
            await client.ExpectAsync("""431[{"error":"The server could not handle the event.","code":"internal"}]""");
        }

        await client.EchoesAsync();
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_answered_with_what_is_wrong()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("number", (int number) => number)
            .On("signup", (Classes.Signup signup) => signup.Name));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["number","x"]""", """422["number"]""", """423["signup",{"name":"far too long","age":5}]""", """424["signup",{"name":"ana","age":5}]""");
        await client.ExpectAsync(
            """431[{"error":"Argument 1 is not of the kind that 'number' takes.","code":"invalid_arguments"}]""",
            """432[{"error":"Argument 1 is missing.","code":"invalid_arguments"}]""");
        var invalid = await client.ReceiveAsync();
        Assert.StartsWith("""433[{"error":"Argument 1 is not valid: """, invalid, StringComparison.Ordinal);
        Assert.DoesNotContain("Signup", invalid, StringComparison.Ordinal);
        await client.ExpectAsync("""434["ana"]""");
    }

    [Theory]
    [InlineData("""{"name":"far too long","age":5}""", "Name")]
    [InlineData("""{"name":"ana","age":0}""", "Age")]
    public async Task The_rules_of_a_positional_record_count(string argument, string wrong)
    {
        await using var server = await TestServer.StartAsync(io => io.On("signup", (PositionalSignup signup) => signup.Name));
        var client = await server.JoinAsync();

        await client.SendAsync($"""421["signup",{argument}]""", """422["signup",{"name":"ana","age":5}]""");
        var refused = await client.ReceiveAsync();
        Assert.StartsWith("""431[{"error":"Argument 1 is not valid: """, refused, StringComparison.Ordinal);
        Assert.Contains(wrong, refused, StringComparison.Ordinal);
        await client.ExpectAsync("""432["ana"]""");
    }

    [Fact]
    public async Task Authorization_of_a_namespace_sees_the_user_that_middleware_found_in_the_auth_payload()
    {
        await using var server = await TestServer.StartAsync(
            io => io.RequireAuthorization("staff").Use((socket, next) =>
            {
                socket.User = UserNamed(socket.Handshake.Auth.As<Credentials>()?.Name ?? "nobody");
                return next();
            }),
            build: builder => builder.Services.AddAuthorization(options =>
                options.AddPolicy("staff", policy => policy.RequireUserName("ana"))));
        var stranger = await server.OpenWebSocketAsync();
        await stranger.SendAsync("""40{"name":"bob"}""");
        await stranger.ExpectAsync("""44{"message":"not authorized","data":{"code":"forbidden"}}""");

        var member = await server.JoinAsync(auth: """{"name":"ana"}""");
        await member.EchoesAsync();
    }

    [Fact]
    public async Task Authorization_guards_namespaces_and_handlers_by_policy()
    {
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.Of("/staff").RequireAuthorization("staff");
                io.OnConnect((Socket socket, string? name) =>
                {
                    if (name is not null)
                    {
                        socket.User = UserNamed(name);
                    }
                });
                io.On("staff", [Authorize("staff")] (ClaimsPrincipal user) => user.Identity!.Name);
            },
            build: builder => builder.Services.AddAuthorization(options =>
                options.AddPolicy("staff", policy => policy.RequireUserName("ana"))));
        var stranger = await server.JoinAsync();
        await stranger.SendAsync("40/staff,");
        await stranger.ExpectAsync("""44/staff,{"message":"not authorized","data":{"code":"forbidden"}}""");
        await stranger.SendAsync("""421["staff"]""");
        await stranger.ExpectAsync("""431[{"error":"You may not send 'staff'.","code":"forbidden"}]""");
    }

    [Fact]
    public async Task A_user_set_by_the_connect_handler_counts_from_then_on()
    {
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.OnConnect((Socket socket, Credentials auth) => { socket.User = UserNamed(auth.Name); });
                io.On("me", [Authorize] (ClaimsPrincipal user) => user.Identity!.Name);
            },
            build: builder => builder.Services.AddAuthorization());
        var client = await server.JoinAsync(auth: """{"name":"ana"}""");

        await client.SendAsync("""421["me"]""");
        await client.ExpectAsync("""431["ana"]""");
    }

    [Fact]
    public async Task Authorize_without_authorization_services_fails_at_start()
    {
        await TestServer.StartAsync(io =>
        {
            var error = Assert.Throws<InvalidOperationException>(() => io.On("a", [Authorize] () => 1));
            Assert.Contains("AddAuthorization", error.Message, StringComparison.Ordinal);
        }).DisposeAsyncAfter();
    }

    private static ClaimsPrincipal UserNamed(string name) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.NameIdentifier, name)], "test"));

    private sealed record Credentials(string Name);

    private sealed record PositionalSignup([StringLength(5)] string Name, [Range(1, 150)] int Age);
}
