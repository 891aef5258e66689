using System.Text.Json;

namespace AkkaChat.Examples.Tests;

public sealed class ClassNamespaceTests : IAsyncLifetime
{
    private ExampleProgram _program = null!;

    public async Task InitializeAsync() => _program = await ExampleProgram.StartAsync("ClassNamespace");

    public async Task DisposeAsync() => await _program.DisposeAsync();

    [Fact]
    public async Task A_teacher_asks_and_a_pupil_answers()
    {
        using var teacher = await Enter("teacher Ann");
        using var pupil = await Enter("Bob");

        Assert.Equal(0, await teacher.CallAsync<int>("ask", "6 * 7?", "42"));
        Assert.Equal("6 * 7?", (await pupil.NextAsync("question")).GetValue<string>(1));
        Assert.True(await pupil.CallAsync<bool>("answer", 0, "42"));

        var answered = await teacher.NextAsync("answered");
        Assert.Equal("Bob", answered.GetValue<string>());
        Assert.True(answered.GetValue<bool>(2));
        Assert.False(teacher.HasReceived("question"));
    }

    [Fact]
    public async Task A_pupil_may_not_ask()
    {
        using var pupil = await Enter("Bob");

        var refusal = await pupil.CallAsync<JsonElement>("ask", "Why?", "Because.");

        Assert.Equal("forbidden", refusal.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_a_handler_throws_becomes_the_error_handlers_ack()
    {
        using var pupil = await Enter("Bob");

        var failure = await pupil.CallAsync<JsonElement>("answer", 99, "42");

        Assert.Equal("Something is wrong with that question.", failure.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Who_has_no_name_is_refused()
    {
        using var nobody = new ExampleClient(_program, "quiz");

        Assert.Equal("Say who you are.", await nobody.RefusedAsync());
    }

    [Fact]
    public async Task The_others_hear_who_has_left()
    {
        using var teacher = await Enter("teacher Ann");
        using var pupil = await Enter("Bob");

        await pupil.DisconnectAsync();

        Assert.Equal("Bob", (await teacher.NextAsync("left")).GetValue<string>());
    }

    private Task<ExampleClient> Enter(string name) =>
        new ExampleClient(_program, "quiz", headers: new() { ["X-Name"] = name }).ConnectAsync("question", "answered", "left");
}
