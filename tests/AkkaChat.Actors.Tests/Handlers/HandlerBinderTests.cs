namespace AkkaChat.Tests.Handlers;

/// <summary>What a handler may return, and what kinds of delegates there are.</summary>
public sealed class HandlerBinderTests : IDisposable
{
    private readonly HandlerRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task Void_Task_and_ValueTask_are_acked_with_nothing()
    {
        Assert.Empty(await _runner.AckAsync(() => { }));
        Assert.Empty(await _runner.AckAsync(() => Task.CompletedTask));
        Assert.Empty(await _runner.AckAsync(() => ValueTask.CompletedTask));
        Assert.Empty(await _runner.AckAsync(async () => await Task.Yield()));
    }

    [Fact]
    public async Task A_value_is_acked_as_it_is_waited_for_or_not()
    {
        Assert.Equal([5], await _runner.AckAsync(() => 5));
        Assert.Equal(["a"], await _runner.AckAsync(() => "a"));
        Assert.Equal([5], await _runner.AckAsync(() => Task.FromResult(5)));
        Assert.Equal([5], await _runner.AckAsync(() => ValueTask.FromResult(5)));
        Assert.Equal(["late"], await _runner.AckAsync(async () =>
        {
            await Task.Yield();
            return "late";
        }));
    }

    [Fact]
    public async Task Null_is_a_value()
    {
        Assert.Equal([null], await _runner.AckAsync(string? () => null));
        Assert.Equal([null], await _runner.AckAsync(() => Task.FromResult<object?>(null)));
    }

    [Fact]
    public async Task A_tuple_is_acked_with_several_values()
    {
        Assert.Equal([1, "b", null], await _runner.AckAsync((int, string, object?) () => (1, "b", null)));
        Assert.Equal([1, 2], await _runner.AckAsync(() => Task.FromResult((1, 2))));
        Assert.Equal([1, 2], await _runner.AckAsync(() => ValueTask.FromResult((1, 2))));
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8, 9], await _runner.AckAsync(() => (1, 2, 3, 4, 5, 6, 7, 8, 9)));
    }

    [Fact]
    public async Task Arguments_can_be_returned_as_they_came()
    {
        var result = await _runner.CallAsync((EventArguments all) => all, "1", "\"b\"");

        Assert.Equal(["1", "\"b\""], Assert.IsType<EventArguments>(result).Select(argument => argument.ToString()));
    }

    [Fact]
    public async Task A_list_is_one_value()
    {
        var ack = await _runner.AckAsync(() => new[] { 1, 2 });

        Assert.Equal([1, 2], Assert.IsType<int[]>(Assert.Single(ack)));
    }

    [Fact]
    public async Task Static_methods_instance_methods_and_local_functions_are_handlers()
    {
        var target = new Greeter("hi ");
        string Local(string name) => "local " + name;

        Assert.Equal("static ann", await _runner.CallAsync(GreetStatic, "\"ann\""));
        Assert.Equal("hi ann", await _runner.CallAsync(target.Greet, "\"ann\""));
        Assert.Equal("local ann", await _runner.CallAsync(Local, "\"ann\""));
        Assert.Equal("extended hi ann", await _runner.CallAsync(target.GreetTwice, "\"ann\""));
    }

    [Fact]
    public async Task A_delegate_may_be_made_of_a_method_that_takes_more_than_it_says()
    {
        object? got = null;
        void Take(object? value) => got = value;

        await _runner.CallAsync(new Action<string>(Take), "\"text\"");

        Assert.Equal("text", got);
    }

    [Fact]
    public async Task A_handlers_exception_is_its_own()
    {
        await Assert.ThrowsAsync<FormatException>(() => _runner.CallAsync(void () => throw new FormatException()));
        await Assert.ThrowsAsync<FormatException>(() => _runner.CallAsync(async () =>
        {
            await Task.Yield();
            throw new FormatException();
        }));
    }

    [Fact]
    public void Async_void_is_refused_at_registration()
    {
#pragma warning disable MA0147 // It is here to be refused.
        var message = _runner.Refuse(async void () => await Task.Yield());
#pragma warning restore MA0147

        Assert.StartsWith("Handler of 'x'", message);
        Assert.Contains("async void", message, StringComparison.Ordinal);
        Assert.Contains("Return Task", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_handler_is_refused() => Assert.Throws<ArgumentNullException>(() => _runner.Bind(null!));

    private static string GreetStatic(string name) => "static " + name;
}

internal sealed class Greeter(string greeting)
{
    public string Greet(string name) => greeting + name;
}

internal static class GreeterExtensions
{
    public static string GreetTwice(this Greeter greeter, string name) => "extended " + greeter.Greet(name);
}
